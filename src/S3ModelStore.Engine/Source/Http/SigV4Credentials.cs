namespace S3ModelStore.Engine.Source.Http;

/// <summary>What a request is signed with. A class without printed members, so that no log or exception can show the secret.</summary>
internal sealed class SigV4Credentials
{
    public SigV4Credentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        SessionToken = string.IsNullOrEmpty(sessionToken) ? null : sessionToken;
    }

    public string AccessKeyId { get; }

    public string SecretAccessKey { get; }

    /// <summary>Of temporary credentials; <see langword="null"/> for long-lived ones.</summary>
    public string? SessionToken { get; }

    public override string ToString() => nameof(SigV4Credentials);
}
