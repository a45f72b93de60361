using System.Management.Automation;

namespace S3ModelStore.Tests.Hosting;

/// <summary>All that a script wrote, stream by stream, and the error that ended it, if one did.</summary>
public sealed record ScriptResult
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>What reached the host: formatted output and prompts, without colours.</summary>
    public required string Screen { get; init; }

    public Exception? Thrown { get; init; }

    /// <summary>The only object, or a failure that shows what else there was.</summary>
    public PSObject Only()
    {
        Assert.True(Thrown is null && Errors.Count == 0, $"{Thrown} {string.Join(" | ", Errors)}");
        return Assert.Single(Output);
    }

    public T Get<T>(string property) => (T)Only().Properties[property].Value;

    /// <summary>The first object is the result; failures come after it.</summary>
    public T First<T>(string property) => (T)Output[0].Properties[property].Value;

    public ErrorRecord Error() => Thrown is RuntimeException error ? error.ErrorRecord : Assert.Single(Errors);
}
