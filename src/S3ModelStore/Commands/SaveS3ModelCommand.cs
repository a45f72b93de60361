using System.Management.Automation;
using S3ModelStore.Completion;
using S3ModelStore.Engine;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;
using S3ModelStore.Parameters;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Downloads models: what a URI names, or the objects that were listed and chosen before.</summary>
/// <remarks>
/// The default parameter set takes nothing from the pipeline: PowerShell would try that first, and make a URI of the text of a listed object
/// before it looks at InputObject. Without a default set, a missing source would not be asked for by its name.
/// </remarks>
[Cmdlet(VerbsData.Save, "S3Model", SupportsShouldProcess = true, DefaultParameterSetName = UriSet)]
[OutputType(typeof(S3ModelDownloadResult))]
public sealed class SaveS3ModelCommand : SourceCommand
{
    private const string UriSet = "Uri";
    private const string PipedUriSet = "PipedUri";
    private const string ObjectSet = "Object";
    private const string PlanSet = "Plan";
    private const string StrongestThereIs = "Auto";

    private readonly PickedObjects _picked = new();
    private SaveJob? _job;
    private string? _destination;
    private List<S3ModelFileSpec>? _specs;
    private bool _hadInput;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UriSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PipedUriSet)]
    [Alias("Source")]
    [ArgumentCompleter(typeof(UriCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[] Uri { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public S3ModelObject[] InputObject { get; set; } = [];

    /// <summary>What <c>Measure-S3ModelDownload</c> found: exactly that is downloaded.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    public S3ModelDownloadEstimate[] Plan { get; set; } = [];

    /// <summary>A directory; a plan may have been measured for one.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = UriSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PipedUriSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ObjectSet)]
    [Parameter(Position = 1, ParameterSetName = PlanSet)]
    [Alias("Path", "OutDir")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Hashtables or objects with Path, Size and Sha256.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? FileSpec { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Manifest { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Reads every file that is there again and fetches what is damaged.</summary>
    [Parameter]
    public SwitchParameter Repair { get; set; }

    /// <summary>Removes what the source no longer has, of what earlier downloads brought.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    [Parameter]
    [Alias("ThrottleLimit")]
    [ValidateRange(1, S3ModelStoreOptions.ConcurrencyLimit)]
    public int? MaxConcurrency { get; set; }

    [Parameter]
    [ValidateRange(S3ModelStoreOptions.MinPartSize, S3ModelStoreOptions.MaxPartSize)]
    public long? PartSize { get; set; }

    [Parameter]
    [ValidateRange(0, 1000)]
    public int? MaxRetries { get; set; }

    [Parameter]
    public NamePolicy NamePolicy { get; set; }

    /// <summary>The strongest evidence worth its effort. A text, because no level means the strongest there is.</summary>
    [Parameter]
    [ValidateSet(StrongestThereIs, nameof(VerificationLevel.Sha256), nameof(VerificationLevel.FullObject), nameof(VerificationLevel.Composite), nameof(VerificationLevel.ETagMd5), nameof(VerificationLevel.Size))]
    public string Verification { get; set; } = StrongestThereIs;

    [Parameter]
    public VerificationLevel MinimumVerification { get; set; }

    [Parameter]
    public SwitchParameter AllowEmpty { get; set; }

    protected override void Prepare()
    {
        base.Prepare();
        _job = new SaveJob(Store);
        _destination = Destination is null ? null : LocalPath.Resolve(SessionState, nameof(Destination), Destination);
        _specs = FileSpecs();
    }

    protected override void ProcessRecord()
    {
        _hadInput = true;
        if (ParameterSetName == ObjectSet)
            _picked.Add(InputObject);
        else if (ParameterSetName == PlanSet)
            SavePlans();
        else
            base.ProcessRecord();
    }

    // Only the end of the input tells that a model is complete: one job then has one plan, one request budget and one result.
    protected override void EndProcessing()
    {
        // A listing that finds nothing writes nothing. A script must not take that for a download.
        if (MyInvocation.ExpectingInput && !_hadInput && !AllowEmpty)
            Run((_, _) => throw new ModelStoreException(ModelStoreErrorCode.NoMatch, Messages.PipelineWasEmpty, Messages.PipelineWasEmptyRemedy, nameof(InputObject)));

        foreach (var (source, objects) in _picked.BySource())
        {
            var request = Request(new DownloadRequest { Source = source, Objects = objects });
            Run((pipeline, cancellation) => _job!.RunAsync(request, pipeline, cancellation));
        }
    }

    private protected override S3ModelStoreOptions Tune(S3ModelStoreOptions options) => options with
    {
        MaxConcurrency = MaxConcurrency,
        PartSize = PartSize,
        MaxRetries = MaxRetries ?? options.MaxRetries,
        // Whoever counts the attempts has said how long to wait.
        OutagePatience = MaxRetries is null ? options.OutagePatience : TimeSpan.Zero,
    };

    private protected override Task RunAsync(S3ModelUri source, IPipeline pipeline, CancellationToken cancellation)
        => _job!.RunAsync(Request(new DownloadRequest { Source = source }), pipeline, cancellation);

    private DownloadRequest Request(DownloadRequest source) => source with
    {
        Destination = _destination ?? source.Destination ?? throw new ModelStoreException(
            ModelStoreErrorCode.InvalidOption,
            Messages.MeasuredWithoutDestination(source.Source),
            Messages.MeasuredWithoutDestinationRemedy,
            source.Source.ToString()),
        Filter = Filter,
        FileSpecs = _specs,
        Force = Force,
        Repair = Repair,
        Prune = Prune,
        NamePolicy = NamePolicy,
        Verification = StrongestThereIs.Equals(Verification, StringComparison.OrdinalIgnoreCase)
            ? VerificationLevel.Sha256
            : Enum.Parse<VerificationLevel>(Verification, ignoreCase: true),
        MinimumVerification = MinimumVerification,
        AllowEmpty = AllowEmpty,
    };

    private void SavePlans()
    {
        foreach (var plan in Plan)
            Run((pipeline, cancellation) => _job!.RunAsync(Request(plan.ToRequest()), pipeline, cancellation));
    }

    private List<S3ModelFileSpec>? FileSpecs()
    {
        if (FileSpec is null && Manifest is null)
            return null;

        List<S3ModelFileSpec> specs = [.. FileSpecBinding.FromObjects(FileSpec ?? [])];
        if (Manifest is not null)
            specs.AddRange(FileSpecBinding.FromManifest(LocalPath.Resolve(SessionState, nameof(Manifest), Manifest)));
        return specs;
    }
}
