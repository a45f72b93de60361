using System.Globalization;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using S3ModelStore.Engine.Source.Http;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Http;

/// <summary>The signer of the SDK, which every store accepts, makes the same signature of the same request.</summary>
public sealed class SigV4SignerSdkTests
{
    // The SDK drops the slash that a key begins with; S3 does not, and the plain implementation covers it.
    private static readonly Gen<string> Key =
        Gen.String[Gen.OneOf(Gen.Char["aZ09-._~/ +%&?#=:@\\!*'()é\u1234"], Gen.Char['\u0001', '\ud7ff']), 1, 60]
            .Where(k => !k.StartsWith('/'));

    [Fact]
    public void Agrees_with_the_signer_of_the_SDK()
        => Gen.Select(Key, Gen.String[Gen.Char["aZ09+/"], 1, 60], Gen.Long[0, 1L << 40], Gen.String[Gen.Char["aZ09-"], 1, 40], Gen.Bool)
            .Sample((key, secret, first, etag, session) =>
            {
                var range = $"bytes={first}-{first + 100}";
                var token = session ? "token/" + secret : null;
                var theirs = SignWithSdk(key, range, $"\"{etag}\"", secret, token);

                var request = new SigV4Request
                {
                    Method = "GET",
                    Host = "127.0.0.1:9443",
                    Path = S3PathEncoder.Path("/bucket/", key),
                    Headers = [new("range", range), new("if-match", $"\"{etag}\"")],
                };
                var time = DateTimeOffset.ParseExact(theirs["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                var ours = new SigV4Signer("eu-central-1").Sign(request, new SigV4Credentials("AKID", secret, token), time);
                Assert.Equal(theirs["Authorization"], ours.Authorization);
                Assert.Equal(theirs["X-Amz-Content-SHA256"], ours.ContentSha256);
                Assert.Equal(token, ours.SecurityToken);
            }, iter: 1000);

    private static IDictionary<string, string> SignWithSdk(string key, string range, string etag, string secret, string? token)
    {
        var request = new DefaultRequest(new GetObjectRequest(), "Amazon.S3")
        {
            HttpMethod = "GET",
            Endpoint = new Uri("https://127.0.0.1:9443"),
            ResourcePath = "/bucket/{Key+}",
            UseQueryString = true,
            AuthenticationRegion = "eu-central-1",
            // Over https only: the SDK insists.
            DisablePayloadSigning = true,
        };
        request.AddPathResource("{Key+}", key);
        request.Headers["Range"] = range;
        request.Headers["If-Match"] = etag;
        if (token is not null)
            request.Headers["X-Amz-Security-Token"] = token;
        request.OverrideSigningServiceName = "s3";
        var config = new AmazonS3Config { ServiceURL = "https://127.0.0.1:9443", AuthenticationRegion = "eu-central-1" };
        var result = new AWS4Signer().SignRequest(request, config, new RequestMetrics(), "AKID", secret);
        request.Headers["Authorization"] = result.ForAuthorizationHeader;
        return request.Headers;
    }
}
