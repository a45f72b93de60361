using System.Globalization;
using System.Text;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>Reads the body of a PUT into memory.</summary>
internal static class UploadBody
{
    public static async Task<byte[]> ReadAsync(Stream body, bool isChunked, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        await body.CopyToAsync(received, cancellationToken);
        return isChunked ? Unwrap(received.ToArray()) : received.ToArray();
    }

    /// <summary>
    /// Takes the data out of <c>aws-chunked</c>: a line with the size in hexadecimal (and a signature, which is not checked),
    /// the data, a line end, and so on to the chunk of size 0 with its trailers.
    /// </summary>
    private static byte[] Unwrap(byte[] wrapped)
    {
        using var data = new MemoryStream();
        for (var rest = wrapped.AsSpan(); ;)
        {
            var lineEnd = rest.IndexOf("\r\n"u8);
            var line = Encoding.ASCII.GetString(rest[..Math.Max(lineEnd, 0)]);
            var size = int.Parse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
                return data.ToArray();

            rest = rest[(lineEnd + 2)..];
            data.Write(rest[..size]);
            rest = rest[(size + 2)..];
        }
    }
}
