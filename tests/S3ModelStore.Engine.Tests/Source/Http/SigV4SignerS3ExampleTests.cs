using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

/// <summary>
/// The GET examples of the S3 API reference, "Signature Calculations for the Authorization Header: Transferring Payload in a
/// Single Chunk (AWS Signature Version 4)": <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"/>.
/// </summary>
public sealed class SigV4SignerS3ExampleTests
{
    private const string Host = "examplebucket.s3.amazonaws.com";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static readonly SigV4Credentials Credentials = new("AKIAIOSFODNN7EXAMPLE", Secret);
    private static readonly DateTimeOffset Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    // Example; path; query; range; SHA-256 of the canonical request; signature.
    public static TheoryData<string, string, string, string?, string, string> Examples => new()
    {
        {
            "GET Object", "/test.txt", "", "bytes=0-9",
            "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        },
        {
            "GET Bucket Lifecycle", "/", "lifecycle=", null,
            "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        },
        {
            "Get Bucket (List Objects)", "/", "max-keys=2&prefix=J", null,
            "df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Signs_as_the_example(string example, string path, string query, string? range, string canonicalHash, string signature)
    {
        SigV4Header[] headers = range is null ? [] : [new("range", range)];
        var request = new SigV4Request
        {
            Method = "GET",
            Host = Host,
            Path = path,
            Query = query,
            Headers = headers,
            PayloadHash = EmptyHash,
        };

        var actual = new SigV4Signer("us-east-1").Sign(request, Credentials, Time);

        var names = range is null ? "host;x-amz-content-sha256;x-amz-date" : "host;range;x-amz-content-sha256;x-amz-date";
        Assert.True(
            actual.Authorization == $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders={names}, Signature={signature}",
            $"{example}: {actual.Authorization}");
        Assert.Equal("20130524T000000Z", actual.Date);
        Assert.Equal(EmptyHash, actual.ContentSha256);
        Assert.Null(actual.SecurityToken);
        AssertReference(path, query, range, canonicalHash, signature);
    }

    // The reference of the property tests has to be right as well.
    private static void AssertReference(string path, string query, string? range, string canonicalHash, string signature)
    {
        List<(string, string)> headers = [("host", Host), ("x-amz-date", "20130524T000000Z"), ("x-amz-content-sha256", EmptyHash)];
        if (range is not null)
            headers.Add(("range", range));
        var canonical = ReferenceSigV4.CanonicalRequest("GET", path, query, headers, EmptyHash);
        Assert.Equal(canonicalHash, ReferenceSigV4.Hash(canonical));
        Assert.Equal(signature, ReferenceSigV4.Signature(canonical, Secret, Time.UtcDateTime, "us-east-1", "s3"));
    }
}
