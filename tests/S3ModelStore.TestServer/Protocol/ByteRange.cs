using System.Globalization;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>One range of a <c>Range</c> header: from First to Last (both included), from First on, or the last SuffixLength bytes.</summary>
public sealed record ByteRange(long? First, long? Last, long? SuffixLength)
{
    /// <summary>Null for anything but one well-formed range: S3 then answers as if the header were absent.</summary>
    internal static ByteRange? Parse(string? header)
    {
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return null;

        var text = header.AsSpan(Unit.Length).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(','))
            return null;

        var left = text[..dash];
        var right = text[(dash + 1)..];
        if (left.IsEmpty)
            return TryNumber(right, out var suffix) ? new ByteRange(First: null, Last: null, suffix) : null;

        if (!TryNumber(left, out var first))
            return null;

        if (right.IsEmpty)
            return new ByteRange(first, Last: null, SuffixLength: null);

        return TryNumber(right, out var last) && last >= first ? new ByteRange(first, last, SuffixLength: null) : null;
    }

    /// <summary>The bytes it means in an object of this size, or null when there are none.</summary>
    internal (long Offset, long Length)? Resolve(long size)
    {
        if (SuffixLength is { } suffix)
            return suffix == 0 || size == 0 ? null : (Math.Max(0, size - suffix), Math.Min(suffix, size));

        var first = First!.Value;
        return first >= size ? null : (first, Math.Min(Last ?? long.MaxValue - 1, size - 1) - first + 1);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
