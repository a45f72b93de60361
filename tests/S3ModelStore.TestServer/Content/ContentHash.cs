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
    public static string MultipartETag(ObjectContent content, long partSize) => MultipartETag(content, EqualParts(content.Length, partSize));

    /// <summary>Sizes of parts that are equal but for the last; an empty object has one empty part.</summary>
    public static IReadOnlyList<long> EqualParts(long size, long partSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSize);
        return size == 0 ? [0] : [.. Enumerable.Range(0, (int)((size + partSize - 1) / partSize)).Select(index => Math.Min(partSize, size - (index * partSize)))];
    }

    public static string MultipartETag(ObjectContent content, IReadOnlyList<long> partSizes)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var start = 0L;
        foreach (var size in partSizes)
        {
            all.AppendData(Compute(content, start, size, HashAlgorithmName.MD5));
            start += size;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(all.GetHashAndReset())}-{partSizes.Count}");
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
