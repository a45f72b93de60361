namespace S3ModelStore.TestServer.Faults;

/// <summary>A step that runs when so many bytes of the body have been sent.</summary>
internal sealed record BodyStep(long AfterBytes, FaultStep Run);
