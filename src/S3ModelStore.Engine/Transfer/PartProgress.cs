using System.Runtime.InteropServices;

namespace S3ModelStore.Engine.Transfer;

/// <summary>A look at a part under way.</summary>
/// <param name="Began">When its request was sent, as a timestamp.</param>
/// <param name="LastProgress">When bytes last came.</param>
/// <param name="Received">Bytes this request brought.</param>
/// <param name="Remaining">Bytes to go.</param>
/// <param name="Free">Bytes of these that could be taken away.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PartProgress(long Began, long LastProgress, long Received, long Remaining, long Free);
