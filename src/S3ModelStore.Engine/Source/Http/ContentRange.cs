using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>A Content-Range header in bytes: what of how much a 206 brings, or, without a range, how much a 416 refused.</summary>
/// <param name="First">Offset of the first byte; <see langword="null"/> in <c>bytes */total</c>.</param>
/// <param name="Last">Offset of the last byte, inclusive; <see langword="null"/> with <paramref name="First"/>.</param>
/// <param name="Total">Size of the object; <see langword="null"/> in <c>bytes a-b/*</c>.</param>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9110#name-content-range"/></remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContentRange(long? First, long? Last, long? Total)
{
    private const string Unit = "bytes ";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Bytes in the range; <see langword="null"/> without one.</summary>
    public long? Length => Last - First + 1;

    /// <summary>
    /// Strict, because a range that is understood wrongly becomes wrong bytes in a file: no white space or signs beyond the
    /// grammar's, no empty or reversed range, nothing past the total.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ContentRange range)
    {
        range = default;
        // Range units are case-insensitive: RFC 9110, 14.1.
        if (!text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return false;
        text = text[Unit.Length..];
        var slash = text.IndexOf('/');
        if (slash < 0 || !TryParseTotal(text[(slash + 1)..], out var total))
            return false;

        var bounds = text[..slash];
        if (bounds is "*")
        {
            range = new ContentRange(null, null, total);
            return total is not null;
        }

        var dash = bounds.IndexOf('-');
        if (dash < 0 || !TryParseNumber(bounds[..dash], out var first) || !TryParseNumber(bounds[(dash + 1)..], out var last))
            return false;
        // The last offset stays below the largest number, so that its length is one too.
        if (first > last || last == long.MaxValue || last >= total)
            return false;
        range = new ContentRange(first, last, total);
        return true;
    }

    private static bool TryParseTotal(ReadOnlySpan<char> text, out long? total)
    {
        total = null;
        if (text is "*")
            return true;
        if (!TryParseNumber(text, out var number))
            return false;
        total = number;
        return true;
    }

    // NumberStyles.None still allows trailing NULs, which .NET skips for compatibility with native strings.
    // No ContainsAnyExceptInRange: it boxes characters, 96 bytes a call in .NET 10, and this runs for every response.
    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        return !text.ContainsAnyExcept(Digits)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
