using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Percent-encoding as S3 and its signatures define it, written out because no library's rules are the same.</summary>
internal static class UriText
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(Alphanumeric + "-._~");
    private static readonly SearchValues<char> UnreservedAndSlash = SearchValues.Create(Alphanumeric + "-._~/");
    private static readonly SearchValues<char> KeptInListings = SearchValues.Create(Alphanumeric + "-._*/");
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string EncodePath(string text) => Encode(text, UnreservedAndSlash, spaceAsPlus: false);

    public static string EncodeQuery(string text) => Encode(text, Unreserved, spaceAsPlus: false);

    /// <summary>As AWS answers <c>encoding-type=url</c>: like an HTML form, with slashes kept.</summary>
    public static string EncodeAwsListing(string text) => Encode(text, KeptInListings, spaceAsPlus: true);

    /// <summary>As Ceph answers it: slashes encoded too, spaces as <c>%20</c>.</summary>
    public static string EncodeCephListing(string text) => Encode(text, Unreserved, spaceAsPlus: false);

    /// <summary>Decodes exactly once. False when an escape is broken or the bytes are not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsSpace, out string text)
    {
        text = "";
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(raw.Length)];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%')
            {
                if (i + 2 >= raw.Length || !byte.TryParse(raw.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
                    return false;

                count++;
                i += 2;
            }
            else if (raw[i] == '+' && plusIsSpace)
            {
                bytes[count++] = (byte)' ';
            }
            else
            {
                count += Encoding.UTF8.GetBytes(raw.Slice(i, 1), bytes.AsSpan(count));
            }
        }

        try
        {
            text = StrictUtf8.GetString(bytes, 0, count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Encode(string text, SearchValues<char> kept, bool spaceAsPlus)
    {
        if (!text.AsSpan().ContainsAnyExcept(kept))
            return text;

        var encoded = new StringBuilder(text.Length * 2);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit < 0x80 && kept.Contains((char)unit))
                encoded.Append((char)unit);
            else if (unit == ' ' && spaceAsPlus)
                encoded.Append('+');
            else
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
