using System.Globalization;
using System.Security.Cryptography;

namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>
/// The ETag of an object that was uploaded in parts: the MD5 of the parts' MD5s, and how many there were. Not an MD5 under SSE-KMS
/// or SSE-C. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html#AmazonS3-Type-Object-ETag
/// </summary>
/// <param name="Digest">32 hexadecimal digits, lower case.</param>
/// <param name="PartCount">1 to 10,000.</param>
internal sealed record MultipartETag(string Digest, int PartCount)
{
    /// <summary>Parts of one upload. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
    public const int MostParts = 10_000;

    private const int DigestLength = 2 * MD5.HashSizeInBytes;

    /// <param name="etag">Without quotes.</param>
    /// <returns><see langword="null"/> for anything that does not look like one.</returns>
    public static MultipartETag? TryParse(ReadOnlySpan<char> etag)
    {
        if (etag.Length <= DigestLength || etag[DigestLength] != '-')
            return null;
        var digest = etag[..DigestLength];
        foreach (var c in digest)
        {
            if (!char.IsAsciiHexDigit(c))
                return null;
        }

        return PartCountSuffix.TryParse(etag[(DigestLength + 1)..]) is { } count ? new MultipartETag(digest.ToString().ToLowerInvariant(), count) : null;
    }

    /// <summary>The ETag that these parts make.</summary>
    /// <param name="partDigests">The MD5s of the parts, 16 bytes each, in the order of the parts.</param>
    public static MultipartETag Of(ReadOnlySpan<byte> partDigests)
    {
        if (partDigests.IsEmpty || partDigests.Length % MD5.HashSizeInBytes != 0)
            throw new ArgumentException("Not a whole number of MD5s.", nameof(partDigests));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(partDigests);
        return new MultipartETag(Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), partDigests.Length / MD5.HashSizeInBytes);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Digest}-{PartCount}");
}
