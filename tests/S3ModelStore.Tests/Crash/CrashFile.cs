namespace S3ModelStore.Tests.Crash;

/// <summary>One file of a <see cref="CrashModel"/>, whatever its versions hold.</summary>
/// <param name="Key">Below <c>m/</c>.</param>
/// <param name="SmallestSize">Bytes that a version has at least.</param>
/// <param name="LargestSize">And at most.</param>
/// <param name="Evidence">What the store tells about its bytes.</param>
internal sealed record CrashFile(string Key, int SmallestSize, int LargestSize, CrashEvidence Evidence);
