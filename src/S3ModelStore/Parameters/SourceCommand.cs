using System.Management.Automation;
using S3ModelStore.Completion;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Parameters;

/// <summary>A command over sources: each URI is a job of its own, and the error of one does not keep the others from running.</summary>
public abstract class SourceCommand : StoreCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Source")]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string[] Uri { get; set; } = [];

    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PatternCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Include { get; set; }

    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PatternCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    private protected ModelFilter Filter { get; private set; } = ModelFilter.All;

    protected override void Prepare()
    {
        base.Prepare();
        Filter = ModelFilter.Create(Include, Exclude);
    }

    protected override void ProcessRecord()
    {
        foreach (var uri in Uri)
            Run((pipeline, cancellation) => RunAsync(uri, pipeline, cancellation));
    }

    private protected abstract Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation);

    private async Task RunAsync(string uri, IPipeline pipeline, CancellationToken cancellation)
    {
        var source = S3ModelUri.Parse(uri);
        await pipeline.WriteVerboseAsync($"{source}: {DescribeConnection()}.");
        await RunAsync(source, pipeline, cancellation);
    }
}
