using S3ModelStore.Engine;
using S3ModelStore.Engine.Progress;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Interop.Tests;

internal static class ModelStoreExtensions
{
    /// <summary>Plans and downloads a whole model.</summary>
    public static async Task<DownloadOutcome> SaveAsync(
        this ModelStore store, S3ModelUri source, string destination, CancellationToken cancellation, TransferMonitor? monitor = null)
    {
        monitor ??= new TransferMonitor();
        var request = new DownloadRequest { Source = source, Destination = destination };
        var plan = await store.PlanAsync(request, monitor, cancellation);
        return await store.DownloadAsync(plan, monitor, cancellation);
    }
}
