using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <summary>All that the script has in store for one request.</summary>
internal sealed record FaultPlan(
    IReadOnlyList<FaultStep> BeforeAnswer,
    IReadOnlyList<Action<Answer>> Alterations,
    IReadOnlyList<BodyStep> DuringBody,
    long? BytesPerSecond,
    long PacedFrom)
{
    public static FaultPlan None { get; } = new([], [], [], BytesPerSecond: null, PacedFrom: 0);

    public static FaultPlan Combine(IEnumerable<FaultPlan> plans)
    {
        var all = plans.ToList();
        return all.Count == 1
            ? all[0]
            : new FaultPlan(
                [.. all.SelectMany(plan => plan.BeforeAnswer)],
                [.. all.SelectMany(plan => plan.Alterations)],
                [.. all.SelectMany(plan => plan.DuringBody).OrderBy(step => step.AfterBytes)],
                all.Min(plan => plan.BytesPerSecond),
                all.Where(plan => plan.BytesPerSecond is not null).Select(plan => plan.PacedFrom).DefaultIfEmpty().Min());
    }
}
