namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>An answer that was read to its end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Bytes as Latin-1.</param>
internal sealed record Received(int Status, string Body);
