namespace S3ModelStore.Engine.Transfer;

/// <summary>How a job went about its transfers.</summary>
/// <param name="PeakConnections">Most bodies under way at once.</param>
/// <param name="Connections">Bodies under way in the mean.</param>
/// <param name="BytesReassigned">Bytes of slow parts that were asked for again on another connection.</param>
/// <param name="Notes">What was decided on the way, as sentences.</param>
internal sealed record TransferStatistics(int PeakConnections, int Connections, long BytesReassigned, IReadOnlyList<string> Notes);
