namespace S3ModelStore.Engine.Source;

/// <summary>Where requests go and as whom. Never a secret.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Region">The region requests are signed for.</param>
/// <param name="CredentialSource">Where the credentials came from.</param>
internal sealed record SourceIdentity(string Endpoint, string Region, string CredentialSource);
