namespace S3ModelStore.TestServer.Signing;

internal sealed record AcceptedCredential(string SecretKey, string? SessionToken, bool IsExpired);
