namespace S3ModelStore.Benchmarks.Peers;

/// <summary>Everybody who may take part.</summary>
internal static class Contestants
{
    public static IReadOnlyList<Contestant> All { get; } =
    [
        FileTools.Curl,
        FileTools.Aria2,
        .. ObjectStoreTools.All,
        OwnTools.TransferUtility,
        OwnTools.Engine,
        OwnTools.Module,
    ];
}
