using System.Net;
using Microsoft.AspNetCore.Http;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Signing;

/// <summary>The rules of <c>x-amz-content-sha256</c>.</summary>
internal static class PayloadHash
{
    public const string Header = "x-amz-content-sha256";
    public const string Unsigned = "UNSIGNED-PAYLOAD";
    public const string StreamingPrefix = "STREAMING-";

    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Reads have no body, so only the hash of nothing is right; the body of a PUT is compared once it has been read.</summary>
    public static S3Error? Verify(S3Request request, string hash)
    {
        if (hash.Length == 0)
        {
            return new S3Error(HttpStatusCode.BadRequest, "InvalidRequest", $"Missing required header for this request: {Header}");
        }

        var isRead = !HttpMethods.IsPut(request.Method);
        var isRight = hash is Unsigned or OfNothing;
        return isRead && !isRight ? Mismatch(hash, OfNothing) : null;
    }

    public static S3Error Mismatch(string sent, string computed) =>
        new S3Error(HttpStatusCode.BadRequest, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
            .With("ClientComputedContentSHA256", sent).With("S3ComputedContentSHA256", computed);
}
