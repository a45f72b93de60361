using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3ModelStore.Engine.Planning;

/// <summary>Percent-encodes what is unsafe in a key. Different keys give different results, and a safe key is its own result.</summary>
/// <remarks>
/// Each unsafe character becomes the <c>%XX</c> of its UTF-8 bytes. A <c>%</c> of the key itself is encoded only where two
/// hexadecimal digits follow, so in a result every <c>%XX</c> is an encoding and the key can be read back. <c>%2F</c> cannot come from a
/// character, since a slash is never inside a segment; so it stands alone for an empty segment, and before the SHA-256 of a
/// segment that is too long: as much of its begin as fits, <c>%2F</c>, 64 hexadecimal digits.
/// </remarks>
internal sealed class SegmentEscaper
{
    private const string Slash = "%2F";

    private readonly PlatformNames _names;
    private readonly SegmentRules _rules;

    public SegmentEscaper(PlatformNames names, SegmentRules rules)
    {
        _names = names;
        _rules = rules;
    }

    /// <param name="key">Without half surrogate pairs.</param>
    public string Escape(string key)
    {
        if (!key.Contains('%', StringComparison.Ordinal) && _rules.FaultOf(key) is null)
            return key;
        var result = new StringBuilder(key.Length + 16);
        var rest = key.AsSpan();
        for (var first = true; ; first = false)
        {
            var slash = rest.IndexOf('/');
            AppendSegment(result, slash < 0 ? rest : rest[..slash], first);
            if (slash < 0)
                return result.ToString();
            result.Append('/');
            rest = rest[(slash + 1)..];
        }
    }

    private void AppendSegment(StringBuilder result, ReadOnlySpan<char> segment, bool first)
    {
        if (segment.IsEmpty)
        {
            result.Append(Slash);
            return;
        }

        var begin = result.Length;
        var all = segment is "." or "..";
        var claimed = _rules.IsClaimed(segment, first);
        var drive = first && SegmentRules.HasDrive(segment);
        for (var i = 0; i < segment.Length; i++)
        {
            if (all || (claimed && i == 0) || (drive && i == 1) || IsUnsafe(segment, i))
                AppendEncoded(result, segment[i]);
            else
                result.Append(segment[i]);
        }

        var encoded = result.ToString(begin, result.Length - begin);
        if (_names.SegmentLength(encoded) > _names.MaxSegment)
            result.Remove(begin, encoded.Length).Append(Shorten(segment, encoded));
    }

    private bool IsUnsafe(ReadOnlySpan<char> segment, int index)
    {
        var c = segment[index];
        if (c == '%')
            return index + 2 < segment.Length && char.IsAsciiHexDigit(segment[index + 1]) && char.IsAsciiHexDigit(segment[index + 2]);
        return _names.Forbidden.Contains(c) || (_names.TrimsNames && index == segment.Length - 1 && c is '.' or ' ');
    }

    private static void AppendEncoded(StringBuilder result, char c)
    {
        Span<byte> bytes = stackalloc byte[3];
        var count = Encoding.UTF8.GetBytes([c], bytes);
        foreach (var b in bytes[..count])
            result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
    }

    private string Shorten(ReadOnlySpan<char> segment, string encoded)
    {
        var suffix = Slash + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(segment.ToString())));
        var length = Math.Min(encoded.Length, _names.MaxSegment - suffix.Length);
        while (_names.SegmentLength(encoded.AsSpan(0, length)) > _names.MaxSegment - suffix.Length)
            length--;
        if (char.IsHighSurrogate(encoded[length - 1]))
            length--;
        return string.Concat(encoded.AsSpan(0, length), suffix);
    }
}
