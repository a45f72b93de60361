namespace S3ModelStore.Tests.Crash;

/// <summary>When a process is killed.</summary>
/// <param name="Mark">The file name whose first appearance starts the count; empty for any name at all.</param>
/// <param name="Changes">How many names have to come, go or change after that, in the destination or in the module's own directory.</param>
/// <param name="Delay">Milliseconds to wait after the first request, instead of watching the disk; negative to watch.</param>
internal sealed record KillMoment(string Mark, int Changes, int Delay = -1)
{
    /// <summary>Every file is in place by then.</summary>
    public bool IsAtTheFinish => Mark.Length > 0;

    /// <summary>Somewhere in the middle of the transfer.</summary>
    public static KillMoment AfterAWhile(Random random) => new(string.Empty, 0, random.Next(600));

    /// <summary>Around a change of the directory: a lock taken, a partial file begun, a file renamed into place, a journal removed.</summary>
    public static KillMoment AtAChange(Random random) => new(string.Empty, random.Next(60));

    /// <summary>Around the writing of the manifest: its temporary file, its rename, the removal of the logs and locks.</summary>
    public static KillMoment AtTheFinish(Random random) => new("manifest.json.tmp", random.Next(5));

    public override string ToString() => (Delay, Mark) switch
    {
        ( >= 0, _) => $"{Delay} ms after the first request",
        (_, "") => $"at change {Changes} of the directory",
        _ => $"{Changes} changes after {Mark} appeared",
    };
}
