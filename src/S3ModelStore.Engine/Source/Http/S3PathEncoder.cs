using System.Buffers;
using System.Text;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>
/// Percent-encodes keys as S3 signs them: UTF-8, <c>A-Z a-z 0-9 - . _ ~</c> and, in paths, <c>/</c> stay; everything else is
/// <c>%XX</c> in upper case. Once, and nothing is normalised: <c>a/../b</c> and <c>a//b</c> are keys like any other.
/// </summary>
/// <remarks>
/// "Do not normalize URI paths for requests to Amazon S3", and
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"/>, UriEncode(). The framework's
/// encoders differ: <see cref="Uri.EscapeDataString(string)"/> also encodes the slash and replaces broken surrogates.
/// </remarks>
internal static class S3PathEncoder
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // S3 keys end at 1,024 bytes; what is longer, on other stores, takes pooled memory.
    private const int StackBytes = 1024;
    private const int StackChars = 1024;

    private static readonly SearchValues<char> QueryChars = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> PathChars = SearchValues.Create(Unreserved + "/");

    // A lone surrogate has no UTF-8. Replacing it would ask for another key.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path of a key on the wire.</summary>
    /// <param name="prefix">Goes before the key as it is: <c>/</c> for virtual hosts, <c>/bucket/</c> otherwise.</param>
    /// <param name="key">Literal text; may be empty.</param>
    /// <exception cref="ArgumentException">The key is not valid Unicode.</exception>
    public static string Path(string prefix, string key) => Encode(prefix, key, PathChars);

    /// <summary>A name or value of a query, where the slash is encoded too.</summary>
    /// <exception cref="ArgumentException">The text is not valid Unicode.</exception>
    public static string Query(string text) => Encode(string.Empty, text, QueryChars);

    private static string Encode(string prefix, string text, SearchValues<char> kept)
    {
        if (!text.AsSpan().ContainsAnyExcept(kept))
            return string.Concat(prefix, text);

        var byteCount = Utf8.GetMaxByteCount(text.Length);
        byte[]? rentedBytes = null;
        char[]? rentedChars = null;
        try
        {
            var bytes = byteCount <= StackBytes ? stackalloc byte[StackBytes] : rentedBytes = ArrayPool<byte>.Shared.Rent(byteCount);
            bytes = bytes[..Utf8.GetBytes(text, bytes)];
            var charCount = bytes.Length * 3;
            var chars = charCount <= StackChars ? stackalloc char[StackChars] : rentedChars = ArrayPool<char>.Shared.Rent(charCount);
            return string.Concat(prefix, chars[..Escape(bytes, chars, kept)]);
        }
        finally
        {
            if (rentedBytes is not null)
                ArrayPool<byte>.Shared.Return(rentedBytes);
            if (rentedChars is not null)
                ArrayPool<char>.Shared.Return(rentedChars);
        }
    }

    private static int Escape(ReadOnlySpan<byte> utf8, Span<char> destination, SearchValues<char> kept)
    {
        const string Digits = "0123456789ABCDEF";
        var length = 0;
        foreach (var b in utf8)
        {
            if (kept.Contains((char)b))
            {
                destination[length++] = (char)b;
                continue;
            }

            destination[length++] = '%';
            destination[length++] = Digits[b >> 4];
            destination[length++] = Digits[b & 0xF];
        }

        return length;
    }
}
