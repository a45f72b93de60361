namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Every fault there is. A closed table: what is not listed with a fault is a wrong answer to it.</summary>
internal static class ChaosFaults
{
    public static IReadOnlyList<ChaosFault> All { get; } = [.. TransferFaults.All, .. ListingFaults.All, .. AnswerFaults.All, .. ServerFaults.All];
}
