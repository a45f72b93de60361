using System.Management.Automation;
using S3ModelStore.Completion;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Says what a download would cost, or, offline, what became of one. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "S3ModelDownload", DefaultParameterSetName = SourceSet)]
[OutputType(typeof(S3ModelDownloadEstimate))]
public sealed class MeasureS3ModelDownloadCommand : SourceCommand
{
    private const string SourceSet = "Source";
    private const string OfflineSet = "Offline";

    private string? _destination;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = SourceSet)]
    [ArgumentCompleter(typeof(UriCompleter))]
    [Alias("Source")]
    [ValidateNotNullOrEmpty]
    public override string[] Uri { get; set; } = [];

    /// <summary>What is there already counts as present; free space is looked at.</summary>
    [Parameter(Position = 1, ParameterSetName = SourceSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OfflineSet)]
    [Alias("Path", "OutDir")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Holds the destination against its own records and asks no store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfflineSet)]
    public SwitchParameter Offline { get; set; }

    [Parameter(ParameterSetName = SourceSet)]
    public SwitchParameter AllowEmpty { get; set; }

    protected override void Prepare()
    {
        base.Prepare();
        _destination = Destination is null ? null : LocalPath.Resolve(SessionState, nameof(Destination), Destination);
    }

    protected override void ProcessRecord()
    {
        if (Offline)
            Run((pipeline, cancellation) => EstimateAsync(pipeline, Messages.ActivityCheck(_destination), monitor => ModelStore.InspectAsync(_destination!, Filter, monitor, cancellation)));
        else
            base.ProcessRecord();
    }

    private protected override Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation)
    {
        var request = new DownloadRequest
        {
            Source = source,
            Destination = _destination,
            Filter = Filter,
            AllowEmpty = AllowEmpty,
        };
        return EstimateAsync(pipeline, Messages.ActivityMeasure(source), async monitor => (await Store.PlanAsync(request, monitor, cancellation)).ToEstimate());
    }

    private static async Task EstimateAsync(IPipeline pipeline, string activity, Func<TransferMonitor, Task<S3ModelDownloadEstimate>> estimate)
    {
        var monitor = new TransferMonitor();
        S3ModelDownloadEstimate found;
        using (pipeline.Watch(monitor, activity))
            found = await estimate(monitor);
        await pipeline.WriteObjectAsync(found);
    }
}
