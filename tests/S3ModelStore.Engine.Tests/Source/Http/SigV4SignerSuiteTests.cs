using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

/// <summary>
/// The figures of the AWS Signature Version 4 test suite, as published in
/// <see href="https://github.com/awslabs/aws-c-auth/tree/495329c2433034bd8fd53fc6ba9e0202d3fac876/tests/aws-signing-test-suite/v4"/>
/// and, where said, <see href="https://github.com/boto/botocore/tree/0e6e2404b85dc336dd2889814e089bde7d1a4c55/tests/unit/auth/aws4_testsuite"/>.
/// Every GET vector whose path is not rewritten is here.
/// </summary>
/// <remarks>
/// <para>
/// Not here, because S3 forbids what they show ("Do not normalize URI paths for requests to Amazon S3"): get-relative-normalized,
/// get-relative-relative-normalized, get-slash-normalized, get-slash-dot-slash-normalized, get-slash-pointless-dot-normalized,
/// get-slashes-normalized; in botocore get-relative, get-relative-relative, get-slash, get-slash-dot-slash,
/// get-slash-pointless-dot, get-slashes. Their unnormalized twins are exactly S3's rule and are here.
/// Nor the post-* vectors, which are no GET, and the query-* figures, which are presigned URLs.
/// </para>
/// <para>The suite's service is named "service" and has no x-amz-content-sha256 header.</para>
/// </remarks>
public sealed class SigV4SignerSuiteTests
{
    private const string Host = "example.amazonaws.com";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly DateTimeOffset Time = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    // Vector; the request's path after its slash, not encoded; SHA-256 of the canonical request; signature.
    public static TheoryData<string, string, string, string> Paths => new()
    {
        { "get-vanilla", "", "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-vanilla-query", "", "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-unreserved", Unreserved, "6a968768eefaa713e2a6b16b589a8ea192661f098f37349f4e2c0082757446f9", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
        { "get-utf8", "\u1234", "2a0a97d02205e45ce2e994789806b19270cfbbb0921b278ccf58f5249ac42102", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
        { "get-space-unnormalized", "example space/", "63ee75631ed7234ae61b5f736dfc7754cdccfedbff4b5128a915706ee9390d86", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741" },
        { "get-relative-unnormalized", "example/..", "0511f456aa502b456d135fcb9d749374a55228f9dbeedda1eacf659e05b0615b", "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282" },
        { "get-relative-relative-unnormalized", "example1/example2/../..", "76115030c0f3ff06c20fdff5ceb6d5e0b835a1743e00b94fea7c7f381269437b", "dc33e0856fd4baca4d7aa2146c38958283844764f38c74252a333df5e613003b" },
        { "get-slash-unnormalized", "/", "80cb39203d058af815de2b79250ff56e1b73eb9b4718c86556cdc6f150c5d209", "c88bcd3d312d75078c0cd961d6deae3f4c754924b01669efcfcb439fd5e5b76e" },
        { "get-slash-dot-slash-unnormalized", "./", "d67825e2268bd77a97c7688b8d72c31a3c1855b309808505ba0a9747d2465aa7", "68714168e6557f8f2de0ef956fc24dc2593a4bd2961f8df51898d8a134695145" },
        { "get-slash-pointless-dot-unnormalized", "./example", "73895e0e829507e28e39fd24669aedc2434a8e179e547e3c075b42921f952cdb", "beb03f223f7deae4146464f06e29eebbee9c8afbe15c290cf07aa8b119e14cff" },
        { "get-slashes-unnormalized", "/example//", "528ec3105ee1f34ab014bb0a1a45da0ed2742a4fea3555149e5b4d5d201eb240", "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5" },
    };

    // Vector; names and values in canonical order, not encoded; SHA-256 of the canonical request; signature.
    public static TheoryData<string, string[], string, string> Queries => new()
    {
        { "get-vanilla-empty-query-key", ["Param1", "value1"], "1e24db194ed7d0eec2de28d7369675a243488e08526e8c1c73571282f7c517ab", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb" },
        { "get-vanilla-query-order-encoded", ["\u1234", "Value1", "Param", "Value2", "Param-3", "Value3"], "868294f5c38bd141c4972a373a76654f1418a8e4fc18b2e7903ae45e8ae0ec71", "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac" },
        { "get-vanilla-query-order-key-case", ["Param1", "value1", "Param2", "value2"], "816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "get-vanilla-query-order-key (botocore)", ["Param1", "Value1", "Param1", "value2"], "704b4cef673542d84cdff252633f065e8daeba5f168b77116f8b1bcaf3d38f89", "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1" },
        { "get-vanilla-query-order-value (botocore)", ["Param1", "value1", "Param1", "value2"], "c968629d70850097a2d8781c9bf7edcb988b04cac14cca9be4acc3595f884606", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694" },
        { "get-vanilla-query-unreserved", [Unreserved, Unreserved], "c30d4703d9f799439be92736156d47ccfb2d879ddf56f5befa6d1d6aab979177", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197" },
        { "get-vanilla-utf8-query", ["\u1234", "bar"], "eb30c5bed55734080471a834cc727ae56beb50e5f39d1bff6d0d38cb192a7073", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
    };

    // Vector; names and values of further headers as the request has them; signed headers; SHA-256 of the canonical request; signature.
    public static TheoryData<string, string[], string, string, string> Headers => new()
    {
        { "get-header-key-duplicate", ["my-header1", "value2", "my-header1", "value2", "my-header1", "value1"], "host;my-header1;x-amz-date", "dc7f04a3abfde8d472b0ab1a418b741b7c67174dad1551b4117b15527fbe966c", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
        { "get-header-value-multiline", ["my-header1", "value1\n  value2\n     value3"], "host;my-header1;x-amz-date", "e99419459a677bc11de234014be3c4e72c1ea5b454ceb58b613061f5d7a162e8", "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd" },
        { "get-header-value-order", ["my-header1", "value4", "my-header1", "value1", "my-header1", "value3", "my-header1", "value2"], "host;my-header1;x-amz-date", "31ce73cd3f3d9f66977ad3dd957dc47af14df92fcd8509f59b349e9137c58b86", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01" },
        { "get-header-value-trim", ["my-header1", " value1", "my-header2", " \"a   b   c\""], "host;my-header1;my-header2;x-amz-date", "a726db9b0df21c14f559d0a978e563112acb1b9e05476f0a6a1c7d68f28605c7", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Signs_a_path_as_the_vector(string vector, string path, string canonicalHash, string signature)
        => AssertVector(vector, path, "", [], null, "host;x-amz-date", canonicalHash, signature);

    [Theory]
    [MemberData(nameof(Queries))]
    public void Signs_a_query_as_the_vector(string vector, string[] query, string canonicalHash, string signature)
    {
        var text = string.Join('&', query.Chunk(2).Select(p => $"{S3PathEncoder.Query(p[0])}={S3PathEncoder.Query(p[1])}"));
        AssertVector(vector, "", text, [], null, "host;x-amz-date", canonicalHash, signature);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Signs_headers_as_the_vector(string vector, string[] headers, string names, string canonicalHash, string signature)
        => AssertVector(vector, "", "", headers, null, names, canonicalHash, signature);

    [Fact]
    public void Signs_a_session_token_as_the_vector()
        => AssertVector(
            "get-vanilla-with-session-token", "", "", [], Token, "host;x-amz-date;x-amz-security-token",
            "067b36aa60031588cea4a4cde1f21215227a047690c72247f1d70b32fbbfad2b",
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");

    private static void AssertVector(
        string vector, string path, string query, string[] headers, string? token, string names, string canonicalHash, string signature)
    {
        var pairs = headers.Chunk(2).Select(p => new SigV4Header(p[0], p[1])).ToArray();
        var request = new SigV4Request
        {
            Method = "GET",
            Host = Host,
            Path = S3PathEncoder.Path("/",
            path),
            Query = query,
            Headers = pairs,
            PayloadHash = EmptyHash,
        };

        var actual = new SigV4Signer("us-east-1", "service").Sign(request, new SigV4Credentials("AKIDEXAMPLE", Secret, token), Time);

        var expected = $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={names}, Signature={signature}";
        Assert.True(actual.Authorization == expected, $"{vector}: {actual.Authorization}");
        Assert.Equal(token, actual.SecurityToken);
        Assert.Null(actual.ContentSha256);

        List<(string, string)> all = [("host", Host), ("x-amz-date", "20150830T123600Z")];
        if (token is not null)
            all.Add(("x-amz-security-token", token));
        all.AddRange(pairs.Select(p => (p.Name, p.Value)));
        var canonical = ReferenceSigV4.CanonicalRequest("GET", ReferenceSigV4.UriEncode("/" + path, encodeSlash: false), query, all, EmptyHash);
        Assert.Equal(canonicalHash, ReferenceSigV4.Hash(canonical));
        Assert.Equal(signature, ReferenceSigV4.Signature(canonical, Secret, Time.UtcDateTime, "us-east-1", "service"));
    }
}
