using System.Globalization;
using System.Security.Cryptography;

namespace S3ModelStore.TestServer.Content;

/// <summary>Digests of content of any size, read in blocks. Text is lower-case hexadecimal.</summary>
public static class ContentHash
{
    private const int BlockSize = 256 * 1024;

    public static string Sha256Hex(ObjectContent content) =>
        Convert.ToHexStringLower(Compute(content, 0, content.Length, HashAlgorithmName.SHA256));

    public static string Md5Hex(ObjectContent content) =>
        Convert.ToHexStringLower(Compute(content, 0, content.Length, HashAlgorithmName.MD5));

    /// <summary>The ETag of a multipart upload: the MD5 of the parts' MD5s, a dash and the number of parts.</summary>
    public static string MultipartETag(ObjectContent content, long partSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSize);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var count = 0;
        for (long start = 0; start < content.Length || count == 0; start += partSize, count++)
            all.AppendData(Compute(content, start, Math.Min(partSize, content.Length - start), HashAlgorithmName.MD5));

        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(all.GetHashAndReset())}-{count}");
    }

    private static byte[] Compute(ObjectContent content, long start, long length, HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = new byte[Math.Min(BlockSize, Math.Max(length, 1))];
        for (var end = start + length; start < end;)
        {
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - start));
            content.CopyTo(start, block);
            hash.AppendData(block);
            start += block.Length;
        }

        return hash.GetHashAndReset();
    }
}
