using System.Collections.Concurrent;

namespace S3ModelStore.TestServer.Signing;

/// <summary>The credentials that the server takes. May be changed while requests run, as a test rotates them.</summary>
public sealed class AcceptedCredentials
{
    private readonly ConcurrentDictionary<string, AcceptedCredential> _byAccessKey = new(StringComparer.Ordinal);

    internal AcceptedCredentials()
    {
    }

    /// <summary>Takes this access key from now on; with a session token, only together with it.</summary>
    public void Accept(string accessKey, string secretKey, string? sessionToken = null) =>
        _byAccessKey[accessKey] = new AcceptedCredential(secretKey, sessionToken, IsExpired: false);

    /// <summary>Answers this access key with ExpiredToken until it is accepted again.</summary>
    public void Expire(string accessKey) => _byAccessKey[accessKey] = _byAccessKey[accessKey] with { IsExpired = true };

    /// <summary>Answers this access key with InvalidAccessKeyId.</summary>
    public void Revoke(string accessKey) => _byAccessKey.TryRemove(accessKey, out _);

    internal AcceptedCredential? Find(string accessKey) => _byAccessKey.GetValueOrDefault(accessKey);
}
