using System.Globalization;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>The rules every file specification obeys, wherever it comes from.</summary>
internal static class FileSpecRules
{
    private const int Sha256Digits = 64;

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/>.</exception>
    public static S3ModelFileSpec Create(FileSpecOrigin origin, string? path, object? size, object? sha256)
    {
        var name = path is not null && path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        if (PathFault(name) is { } fault)
            throw origin.Error(fault, Messages.SpecifiedPathRemedy, path);
        return new S3ModelFileSpec { Path = name!, Size = Bytes(origin, name!, size), Sha256 = Digest(origin, name!, sha256) };
    }

    private static string? PathFault(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return Messages.SpecifiedPathMissing;
        if (path[0] == '/' || (path.Length > 2 && path[1] == ':' && path[2] is '/' or '\\' && char.IsAsciiLetter(path[0])))
            return Messages.SpecifiedPathAbsolute(path);
        if (path.Contains('\\', StringComparison.Ordinal))
            return Messages.SpecifiedPathHasBackslash(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            return Messages.SpecifiedPathHasNul;
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or "..")
                return Messages.SpecifiedPathHasSegment(path, segment);
        }

        return null;
    }

    private static long? Bytes(FileSpecOrigin origin, string path, object? size)
    {
        var text = size is IFormattable value ? value.ToString(null, CultureInfo.InvariantCulture) : size?.ToString();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // PowerShell makes 64MB an int and 1.5GB a double, and a large double prints with an exponent; files give plain digits.
        var style = size is string ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (!decimal.TryParse(text.Trim(), style, CultureInfo.InvariantCulture, out var bytes)
            || bytes != decimal.Truncate(bytes) || bytes > long.MaxValue)
            throw origin.Error(Messages.SpecifiedSizeNotWhole(text, path), Messages.SpecifiedSizeRemedy, path);
        return bytes < 0 ? throw origin.Error(Messages.SpecifiedSizeNegative(text, path), Messages.SpecifiedSizeRemedy, path) : (long)bytes;
    }

    private static string? Digest(FileSpecOrigin origin, string path, object? sha256)
    {
        var text = sha256?.ToString()?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length != Sha256Digits || !text.All(char.IsAsciiHexDigit))
            throw origin.Error(
                Messages.SpecifiedDigestInvalid(text, path, Sha256Digits),
                Messages.SpecifiedDigestRemedy,
                path);
        return text.ToLowerInvariant();
    }
}
