using System.Management.Automation;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Says whether a model could be downloaded now.</summary>
[Cmdlet(VerbsDiagnostic.Test, "S3ModelSource")]
[OutputType(typeof(bool), typeof(S3ModelSourceStatus))]
public sealed class TestS3ModelSourceCommand : SourceCommand
{
    /// <summary>The reason and the remedy instead of a plain answer.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override async Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation)
    {
        var status = await Store.ProbeAsync(source, Filter, cancellation);
        await pipeline.WriteVerboseAsync($"{source}: {status.Reason}. {status.Message} {status.Remedy}".TrimEnd());
        await pipeline.WriteObjectAsync(Detailed ? status : status.Available);
    }
}
