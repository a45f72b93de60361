using System.Management.Automation;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Says what a download would cost, and changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "S3ModelDownload")]
[OutputType(typeof(S3ModelDownloadEstimate))]
public sealed class MeasureS3ModelDownloadCommand : SourceCommand
{
    private string? _destination;

    /// <summary>What is there already counts as present; free space is looked at.</summary>
    [Parameter(Position = 1)]
    [Alias("Path", "OutDir")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    [Parameter]
    public SwitchParameter AllowEmpty { get; set; }

    protected override void Prepare()
    {
        base.Prepare();
        _destination = Destination is null ? null : LocalPath.Resolve(SessionState, nameof(Destination), Destination);
    }

    private protected override async Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation)
    {
        var request = new DownloadRequest
        {
            Source = source,
            Destination = _destination,
            Filter = Filter,
            AllowEmpty = AllowEmpty,
        };
        var monitor = new TransferMonitor();
        S3ModelDownloadEstimate estimate;
        using (pipeline.Watch(monitor, $"Measure {source}"))
            estimate = (await Store.PlanAsync(request, monitor, cancellation)).ToEstimate();
        await pipeline.WriteObjectAsync(estimate);
    }
}
