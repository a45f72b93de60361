using CsCheck;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

public sealed class SigV4SignerTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcxyz-0129"], 1, 12];
    private static readonly Gen<string> Value = Gen.String[Gen.Char["aB9 \t\"/=,;:+"], 0, 40];

    // Everything a key may hold, and lengths on both sides of the stack's share.
    private static readonly Gen<string> Key =
        Gen.String[Gen.OneOf(Gen.Char["aZ09-._~/ +%&?#=:@\\é\u1234\u0001"], Gen.Char['\u0001', '\ud7ff']), 0, 900];

    private static readonly Gen<(string Name, string Value)[]> Headers =
        Gen.Select(Word, Value, (n, v) => ($"x-amz-meta-{n}", v)).Array[0, 12];

    private static readonly Gen<string?> Token =
        Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char["aZ09+/="], 1, 1500].Select(t => (string?)t));

    [Fact]
    public void Agrees_with_the_plain_implementation()
        => Gen.Select(Key, Headers, Token, Gen.String[Gen.Char["aZ09+/é"], 1, 300], Gen.Int[0, 2_000_000_000], Gen.Bool)
            .Sample((key, headers, token, secret, second, head) =>
            {
                var time = DateTimeOffset.FromUnixTimeSeconds(second);
                var method = head ? "HEAD" : "GET";
                var query = "versionId=" + S3PathEncoder.Query(key);
                var request = new SigV4Request
                {
                    Method = method,
                    Host = "127.0.0.1:9000",
                    Path = S3PathEncoder.Path("/bucket/", key),
                    Query = query,
                    Headers = headers.Select(h => new SigV4Header(h.Name, h.Value)).ToArray(),
                };
                var actual = new SigV4Signer("eu-central-1").Sign(request, new SigV4Credentials("AKID", secret, token), time);

                List<(string Name, string Value)> all =
                    [("host", "127.0.0.1:9000"), ("x-amz-date", actual.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), .. headers];
                if (token is not null)
                    all.Add(("x-amz-security-token", token));
                var canonical = ReferenceSigV4.CanonicalRequest(
                    method, "/bucket/" + ReferenceSigV4.UriEncode(key, encodeSlash: false), "versionId=" + ReferenceSigV4.UriEncode(key, encodeSlash: true), all, "UNSIGNED-PAYLOAD");
                var signature = ReferenceSigV4.Signature(canonical, secret, time.UtcDateTime, "eu-central-1", "s3");
                return actual.Authorization.EndsWith(", Signature=" + signature, StringComparison.Ordinal)
                    && actual.Authorization.Contains($", SignedHeaders={ReferenceSigV4.SignedHeaders(all)}, ", StringComparison.Ordinal);
            }, iter: 2000);

    [Fact]
    public void Keeps_its_key_only_for_the_same_day_and_secret()
    {
        var shared = new SigV4Signer("us-east-1");
        DateTimeOffset[] times =
        [
            new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new(2027, 1, 1, 1, 30, 0, TimeSpan.FromHours(2)), new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero),
        ];
        foreach (var secret in (string[])["one", "two", "one"])
        {
            foreach (var time in times)
            {
                var request = new SigV4Request { Method = "GET", Host = "h", Path = "/b/k" };
                var credentials = new SigV4Credentials("AKID", secret);
                Assert.Equal(new SigV4Signer("us-east-1").Sign(request, credentials, time), shared.Sign(request, credentials, time));
            }
        }
    }

    [Fact]
    public async Task Signs_from_many_threads_while_keys_and_seconds_change()
    {
        var shared = new SigV4Signer("us-east-1");
        var start = new DateTimeOffset(2026, 12, 31, 23, 59, 58, TimeSpan.Zero);
        await Parallel.ForAsync(0, 4000, TestContext.Current.CancellationToken, (i, _) =>
        {
            var request = new SigV4Request { Method = "GET", Host = "h", Path = "/b/k" };
            var credentials = new SigV4Credentials("AKID", i % 3 == 0 ? "one" : "two");
            var time = start.AddSeconds(i % 4);
            Assert.Equal(new SigV4Signer("us-east-1").Sign(request, credentials, time), shared.Sign(request, credentials, time));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void Refuses_a_header_name_that_is_not_in_lower_case()
        => Assert.Throws<ArgumentException>(() => new SigV4Signer("us-east-1").Sign(
            new SigV4Request { Method = "GET", Host = "h", Path = "/", Headers = [new("Range", "bytes=0-1")] },
            new SigV4Credentials("AKID", "secret"), DateTimeOffset.UnixEpoch));

    [Fact]
    public void Sends_what_it_signed_untouched()
    {
        SigV4Header[] signed = [new("range", "bytes=0-9"), new("if-match", "\"a  b\""), new("x-amz-checksum-mode", "ENABLED")];

        var sent = new SigV4Signature("AWS4-HMAC-SHA256 x", "20270101T000000Z", "UNSIGNED-PAYLOAD", "token").With(signed);

        Assert.Equal(
            [
                .. signed,
                new("x-amz-date", "20270101T000000Z"),
                new("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
                new("x-amz-security-token", "token"),
                new("authorization", "AWS4-HMAC-SHA256 x"),
            ],
            sent);
    }

    [Fact]
    public void Shows_no_secret_in_any_text()
    {
        var credentials = new SigV4Credentials("AKID", "S3CR3T", "T0K3N");
        var request = new SigV4Request { Method = "GET", Host = "h", Path = "/" };
        var signature = new SigV4Signer("us-east-1").Sign(request, credentials, DateTimeOffset.UnixEpoch);

        var text = $"{credentials} {signature} {new SigV4Header("x-amz-security-token", "T0K3N")} {new SigV4SigningKey("S3CR3T", "20270101", "r", "s3")}";

        Assert.DoesNotContain("S3CR3T", text, StringComparison.Ordinal);
        Assert.DoesNotContain("T0K3N", text, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CR3T", signature.Authorization, StringComparison.Ordinal);
    }
}
