using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Signing;

/// <summary>Checks header signatures (SigV4) as S3 does, and answers as it does.</summary>
internal sealed class SignatureVerifier(AcceptedCredentials credentials, Func<DateTimeOffset> now)
{
    private const string TokenHeader = "x-amz-security-token";
    private const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Secret, string Date, string Region), byte[]> _signingKeys = new();

    /// <summary>Null when the signature is good for this region; <paramref name="regionError"/> makes the answer for another one.</summary>
    public S3Error? Verify(S3Request request, AuthorizationHeader? authorization, string region, Func<string, S3Error> regionError)
    {
        if (authorization is null)
            return new S3Error(HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed", "The authorization header that you provided is not valid.");

        if (credentials.Find(authorization.AccessKey) is not { } credential)
            return UnknownAccessKey(authorization);

        if (!string.Equals(authorization.Service, "s3", StringComparison.Ordinal))
            return Malformed($"incorrect service \"{authorization.Service}\". This endpoint belongs to \"s3\".");

        if (!string.Equals(authorization.Region, region, StringComparison.Ordinal))
            return regionError(authorization.Region);

        return VerifyToken(request, authorization, credential)
            ?? VerifyTime(request, authorization, out var time)
            ?? VerifyHeaders(request, authorization, out var payloadHash)
            ?? VerifySignature(request, authorization, credential, time, payloadHash);
    }

    private static S3Error? VerifyToken(S3Request request, AuthorizationHeader authorization, AcceptedCredential credential)
    {
        var token = request.Header(TokenHeader);
        if (credential.IsExpired)
            return S3Error.ExpiredToken.With("Token-0", token ?? "");

        if (string.Equals(token, credential.SessionToken, StringComparison.Ordinal))
            return null;

        // AWS does not know a temporary key without its token.
        return token is null
            ? UnknownAccessKey(authorization)
            : new S3Error(HttpStatusCode.BadRequest, "InvalidToken", "The provided token is malformed or otherwise invalid.").With("Token-0", token);
    }

    private S3Error? VerifyTime(S3Request request, AuthorizationHeader authorization, out string time)
    {
        time = request.Header("x-amz-date") ?? "";
        if (!DateTimeOffset.TryParseExact(time, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
            return Denied("AWS authentication requires a valid Date or x-amz-date header");

        if (!time.StartsWith(authorization.Date + "T", StringComparison.Ordinal))
            return Malformed($"Invalid credential date \"{authorization.Date}\". This date is not the same as X-Amz-Date: \"{time[..8]}\".");

        var serverTime = now();
        return (serverTime - signedAt).Duration() <= AllowedSkew
            ? null
            : new S3Error(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
                .With("RequestTime", time)
                .With("ServerTime", serverTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
                .With("MaxAllowedSkewMilliseconds", "900000");
    }

    private static S3Error? VerifyHeaders(S3Request request, AuthorizationHeader authorization, out string payloadHash)
    {
        payloadHash = request.Header(PayloadHash.Header) ?? "";
        var signed = authorization.SignedHeaders;
        var unsigned = request.Http.Request.Headers.Keys
            .Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase))
            .Where(name => !signed.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => name.ToLowerInvariant())
            .ToList();
        if (unsigned.Count > 0)
            return Denied("There were headers present in the request which were not signed").With("HeadersNotSigned", string.Join(", ", unsigned));

        var inOrder = signed.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).SequenceEqual(signed, StringComparer.Ordinal);
        if (!inOrder || signed.Any(name => name.Any(char.IsAsciiLetterUpper)))
            return Malformed("SignedHeaders must be lower-case, sorted and without repetition.");

        return PayloadHash.Verify(request, payloadHash);
    }

    private S3Error? VerifySignature(
        S3Request request, AuthorizationHeader authorization, AcceptedCredential credential, string time, string payloadHash)
    {
        var canonical = CanonicalRequest.Build(request, authorization.SignedHeaders, payloadHash);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var stringToSign = $"{AuthorizationHeader.Algorithm}\n{time}\n{authorization.Scope}\n{hash}";
        var key = SigningKey(credential.SecretKey, authorization);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
        return string.Equals(expected, authorization.Signature, StringComparison.Ordinal)
            ? null
            : new S3Error(
                HttpStatusCode.Forbidden,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
                .With("AWSAccessKeyId", authorization.AccessKey)
                .With("StringToSign", stringToSign)
                .With("SignatureProvided", authorization.Signature)
                .With("CanonicalRequest", canonical);
    }

    private byte[] SigningKey(string secret, AuthorizationHeader authorization) =>
        _signingKeys.GetOrAdd((secret, authorization.Date, authorization.Region), static scope =>
        {
            var key = Encoding.UTF8.GetBytes("AWS4" + scope.Secret);
            foreach (var step in (string[])[scope.Date, scope.Region, "s3", "aws4_request"])
                key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));

            return key;
        });

    private static S3Error UnknownAccessKey(AuthorizationHeader authorization) =>
        new S3Error(HttpStatusCode.Forbidden, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
            .With("AWSAccessKeyId", authorization.AccessKey);

    private static S3Error Denied(string message) => S3Error.AccessDenied with { Message = message };

    private static S3Error Malformed(string reason) =>
        new(HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed", "The authorization header is malformed; " + reason);
}
