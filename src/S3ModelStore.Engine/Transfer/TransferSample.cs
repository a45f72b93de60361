using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Transfer;

/// <summary>A look at a running job, for its concurrency control.</summary>
/// <param name="Bytes">Body bytes received so far.</param>
/// <param name="Requests">Requests that are over.</param>
/// <param name="Running">Workers there are now.</param>
/// <param name="IsSaturated">Every permitted worker is busy and there is work for more.</param>
/// <param name="Latency">What the store takes to answer.</param>
/// <param name="Distance">The least it took, once connections are warm; zero before.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TransferSample(long Bytes, long Requests, int Running, bool IsSaturated, TimeSpan Latency, TimeSpan Distance);
