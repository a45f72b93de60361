using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Transfer;

/// <summary>Which file is begun after which.</summary>
internal static class TransferOrder
{
    // Any smaller one is done within a moment, whenever it is begun.
    private const long Large = 1024 * 1024;

    /// <summary>
    /// The files to fetch. Large ones first and the largest before the others: one begun last would be waited for alone. Small ones
    /// beside those they share a lock with (<see cref="FileLocks"/>), which is then taken once for all of them.
    /// </summary>
    public static IReadOnlyList<OpenWork> Of(DownloadPlan plan)
    {
        var order = new List<OpenWork>(plan.Files.Count);
        for (var i = 0; i < plan.Files.Count; i++)
        {
            if (plan.Files[i].NeedsTransfer)
                order.Add(new OpenWork(i, StateDirectory.IdOf(plan.Files[i].LocalPath)));
        }

        order.Sort((one, other) =>
        {
            var larger = SizeOf(other).CompareTo(SizeOf(one));
            return larger != 0 ? larger : string.CompareOrdinal(one.Id, other.Id);
        });
        return order;

        long SizeOf(OpenWork work) => plan.Files[work.FileIndex].Source.Size is >= Large and var size ? size : 0;
    }
}
