using System.Security;
using System.Text.Json;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>
/// A cheap look at a finished file: would the loaders of its format take it? Reads headers, never the weights, in memory that
/// does not grow with the file.
/// </summary>
internal static class StructureChecker
{
    private const int BufferSize = 4096;

    /// <summary>Never throws, whatever the file contains or wherever it is: what cannot be read is unknown.</summary>
    /// <param name="fullPath">The file on disk.</param>
    /// <param name="relativePath">Its path in the model with <c>/</c> between segments; the name tells the format.</param>
    /// <param name="isPresent">
    /// Whether the model has a file of this relative path. Ask the whole source and not only what was picked of it, or an index
    /// that was fetched without its shards on purpose is reported as broken.
    /// </param>
    public static StructureReport Check(string fullPath, string relativePath, Func<string, bool> isPresent)
        => Check(() => new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize), relativePath, isPresent);

    /// <inheritdoc cref="Check(string, string, Func{string, bool})"/>
    /// <param name="open">Gives the content, at its beginning; is asked only if the name tells a format.</param>
    /// <param name="relativePath">As above.</param>
    /// <param name="isPresent">As above.</param>
    public static StructureReport Check(Func<Stream> open, string relativePath, Func<string, bool> isPresent)
    {
        if (CheckOf(relativePath, isPresent) is not { } check)
            return StructureReport.Other;
        try
        {
            using var file = open();
            return GitLfsPointer.IsAt(file) ? StructureReport.Invalid(Messages.GitLfsPointer) : check(file);
        }
        catch (JsonException e)
        {
            // Not the parser's message: it quotes the file, control characters included.
            var place = e is { LineNumber: { } line, BytePositionInLine: { } position } ? Messages.JsonPlace(line + 1, position + 1) : string.Empty;
            return StructureReport.Invalid(Messages.JsonNotProper + place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException or ArgumentException)
        {
            return StructureReport.Unknown(Messages.CannotBeLookedInto(e.Message));
        }
    }

    private static Func<Stream, StructureReport>? CheckOf(string relativePath, Func<string, bool> isPresent)
    {
        if (relativePath.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            return SafetensorsStructure.Check;
        if (relativePath.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            return GgufStructure.Check;
        return ShardIndexStructure.IsIndex(relativePath) ? file => ShardIndexStructure.Check(file, relativePath, isPresent) : null;
    }
}
