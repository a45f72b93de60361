using S3ModelStore.Engine;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Formatting;
using S3ModelStore.Pipeline;

namespace S3ModelStore.Commands;

/// <summary>Saves one source after another into one destination: plan, ask, download, report. No two sources get the same local path.</summary>
internal sealed class SaveJob(ModelStore store)
{
    private readonly HashSet<string> _claimed = new(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    public async Task RunAsync(DownloadRequest request, IPipeline pipeline, CancellationToken cancellation)
    {
        var outcome = await DownloadAsync(request with { ClaimedPaths = _claimed }, pipeline, cancellation);
        if (outcome is null)
            return;

        foreach (var note in outcome.Notes)
            await pipeline.WriteVerboseAsync($"{request.Source}: {note}");
        // The result first: with -ErrorAction Stop the errors after it end the command, and the result is out by then.
        await pipeline.WriteObjectAsync(outcome.Result);
        var skipped = outcome.Result.Files.Count(file => file.Status == S3ModelFileStatus.Skipped);
        if (skipped > 0)
            await pipeline.WriteWarningAsync(Messages.FilesLeftOut(request.Source, skipped));
        foreach (var warning in outcome.Warnings)
            await pipeline.WriteWarningAsync($"{request.Source}: {warning}");
        foreach (var failure in outcome.Failures)
            await pipeline.WriteErrorAsync(failure);
    }

    private static string Describe(DownloadPlan plan)
    {
        var files = plan.FileCount == 1 ? Messages.OneFile : Messages.Files(plan.FileCount);
        var download = ByteSize.ToText(plan.BytesToDownload);
        return plan.BytesToCheck == 0 ? Messages.PlanToDownload(files, download) : Messages.PlanToCheckAndDownload(files, ByteSize.ToText(plan.BytesToCheck), download);
    }

    private async Task<DownloadOutcome?> DownloadAsync(DownloadRequest request, IPipeline pipeline, CancellationToken cancellation)
    {
        var monitor = new TransferMonitor();
        using var watch = pipeline.Watch(monitor, Messages.ActivitySave(request.Source));
        var plan = await store.PlanAsync(request, monitor, cancellation);
        _claimed.UnionWith(plan.LocalPaths);
        await pipeline.WriteVerboseAsync(Messages.PlanInto(request.Source, Describe(plan), request.Destination));
        var action = request.Repair ? Messages.ActionRepair(Describe(plan), request.Source) : Messages.ActionSave(Describe(plan), request.Source);
        var approved = await pipeline.ShouldProcessAsync(request.Destination!, action);
        var removals = new HashSet<string>(StringComparer.Ordinal);
        foreach (var orphan in plan.Orphans)
        {
            if (await pipeline.ShouldProcessAsync(orphan, Messages.RemoveOrphan(request.Source)))
                removals.Add(orphan);
        }

        return approved ? await store.DownloadAsync(plan.Removing(removals), monitor, cancellation) : null;
    }
}
