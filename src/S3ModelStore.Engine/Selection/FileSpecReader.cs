using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Reads file specifications from a file. The format is recognised by its content, never by its name.</summary>
/// <remarks>
/// JSON: an array of <c>{ path, size, sha256 }</c>, one such object, or an object with a <c>files</c> array of them, as the manifest
/// that a download leaves behind, where <c>digest</c> is <c>SHA256:hex</c>; names in any case. CSV: a header with <c>Path</c> and, if
/// wanted, <c>Size</c> and <c>Sha256</c>. In both, listed objects and file results as PowerShell exports them: there <c>RelativePath</c>
/// goes before <c>Path</c>, and <c>Checksum</c> is a digest. Checksum lines, as <c>sha256sum</c> writes them with and without <c>--tag</c>.
/// </remarks>
public static class FileSpecReader
{
    /// <summary>Longest file, bytes. A hundred thousand files take a sixth of it.</summary>
    public const int MaxFileSize = 64 * 1024 * 1024;

    private const string DigestPrefix = "SHA256:";

    /// <param name="fullPath">Full local path. UTF-8, or UTF-16 with a byte order mark.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/> naming the file, the line, the reason and the remedy.</exception>
    public static IReadOnlyList<S3ModelFileSpec> Read(string fullPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullPath);
        var origin = new FileSpecOrigin(fullPath, 0);
        try
        {
            using var stream = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length > MaxFileSize)
                throw origin.Error(Messages.FileSpecTooManyBytes(stream.Length, MaxFileSize), Messages.FileSpecTooLargeRemedy);
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return Parse(reader.ReadToEnd(), fullPath);
        }
        catch (DecoderFallbackException error)
        {
            throw origin.Error(Messages.FileSpecNotText, Messages.FileSpecFormatRemedy, cause: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw origin.Error(Messages.FileSpecUnreadable(error.Message), Messages.FileSpecUnreadableRemedy, cause: error);
        }
    }

    /// <summary>The value of a digest written <c>SHA256:hex</c>. One of another kind proves nothing here; the file's path and size still count.</summary>
    public static string? Sha256Of(string? digest)
        => digest is not null && digest.StartsWith(DigestPrefix, StringComparison.OrdinalIgnoreCase) ? digest[DigestPrefix.Length..] : null;

    /// <param name="text">The whole content.</param>
    /// <param name="file">The name to use in errors.</param>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static IReadOnlyList<S3ModelFileSpec> Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var origin = new FileSpecOrigin(file, 0);
        if (text.Length > MaxFileSize)
            throw origin.Error(Messages.FileSpecTooManyCharacters(text.Length, MaxFileSize), Messages.FileSpecTooLargeRemedy);
        text = text.TrimStart('\uFEFF');
        var specs = new FileSpecCollector();
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
            new JsonFileSpecs(text, file, specs).Read();
        else if (TextLines.FirstOf(text) is not { } first)
            throw origin.Error(Messages.ItIsEmpty, Messages.FileSpecFormatRemedy);
        else if (ChecksumLines.IsOne(first.Text))
            ChecksumLines.Read(text, file, specs);
        else if (CsvFileSpecs.IsHeader(first.Text))
            CsvFileSpecs.Read(text, first, file, specs);
        else
            throw new FileSpecOrigin(file, first.Number).Error(Messages.FileSpecFormatUnknown, Messages.FileSpecFormatRemedy);
        return specs.Specs.Count > 0 ? specs.Specs : throw origin.Error(Messages.FileSpecNamesNoFile, Messages.FileSpecFormatRemedy);
    }
}
