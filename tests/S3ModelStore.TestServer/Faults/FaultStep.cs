using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <summary>One thing that goes wrong. True when nothing more is to be sent to this request.</summary>
internal delegate Task<bool> FaultStep(S3Exchange exchange);
