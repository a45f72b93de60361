using S3ModelStore.Benchmarks.Children;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>What this program runs as children of itself: the SDK's downloader, the engine alone, and all of the module.</summary>
internal static class OwnTools
{
    public static Contestant TransferUtility { get; } = new("AWS SDK TransferUtility, 10 requests", target => ChildProcess.Command(TransferUtilityChild.Verb, Common(target)));

    public static Contestant Engine { get; } = EngineWith("S3ModelStore, engine alone", VerificationLevel.FullObject);

    public static Contestant Module { get; } = new("S3ModelStore, Save-S3Model", SaveModel) { IsOurs = true, Synchronize = SaveModel };

    public static IReadOnlyList<Contestant> EnginePerLevel { get; } =
    [
        EngineWith("size only", VerificationLevel.Size),
        EngineWith("MD5 of the ETag", VerificationLevel.ETagMd5),
        EngineWith("CRC64NVME", VerificationLevel.FullObject),
    ];

    /// <summary>The engine, and what makes it end itself as a crash would.</summary>
    /// <param name="target">What to bring.</param>
    /// <param name="bytes">So many are there when it dies.</param>
    public static Invocation EngineThatDies(Target target, long bytes) => ChildProcess.Command(EngineChild.Verb, [.. EngineArguments(target), ("die-after", bytes)]);

    private static Contestant EngineWith(string name, VerificationLevel level)
    {
        return new Contestant(name, Run) { IsOurs = true, Synchronize = Run };

        Invocation Run(Target target) => ChildProcess.Command(EngineChild.Verb, [.. EngineArguments(target), ("verification", level), ("expect", level < target.Provable ? level : target.Provable)]);
    }

    private static Invocation SaveModel(Target target) => ChildProcess.Command(ModuleChild.Verb, [.. Common(target)]);

    private static IEnumerable<(string Name, object Value)> EngineArguments(Target target) => [.. Common(target), ("kind", target.Prefix), ("anonymous", "yes")];

    private static IEnumerable<(string Name, object Value)> Common(Target target) => [("endpoint", target.Endpoint), ("source", target.Uri + "/"), ("destination", target.Destination)];
}
