using System.Collections.Immutable;
using S3ModelStore.TestServer.Protocol;

namespace S3ModelStore.TestServer.Faults;

/// <summary>
/// The faults that requests meet. The first rule that matches and has uses left applies, and no other,
/// so rules written one after the other happen one after the other; rules marked <see cref="FaultRule.Alongside"/> apply in addition.
/// Faults happen to requests that are signed well, before the store is asked.
/// A key pattern is a key; with a '*' in it, every '*' stands for any text. No pattern means every key.
/// </summary>
public sealed class FaultScript
{
    private ImmutableList<FaultRule> _rules = [];

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<FaultRule> Rules => Volatile.Read(ref _rules);

    public FaultRule OnGet(string? keyPattern = null) => Add(new FaultRule(S3Operation.GetObject, keyPattern));

    public FaultRule OnHead(string? keyPattern = null) => Add(new FaultRule(S3Operation.HeadObject, keyPattern));

    public FaultRule OnList() => Add(new FaultRule(S3Operation.ListObjects, keyPattern: null));

    public FaultRule OnAny(string? keyPattern = null) => Add(new FaultRule(operation: null, keyPattern));

    public FaultRule On(Func<S3Request, bool> condition) => OnAny().When(condition);

    public void Remove(FaultRule rule) => ImmutableInterlocked.Update(ref _rules, static (rules, old) => rules.Remove(old), rule);

    public void Clear() => Volatile.Write(ref _rules, []);

    internal FaultPlan PlanFor(S3Request request)
    {
        var rules = Volatile.Read(ref _rules);
        if (rules.IsEmpty)
            return FaultPlan.None;

        List<FaultPlan>? plans = null;
        var taken = false;
        foreach (var rule in rules)
        {
            if ((taken && !rule.IsAlongside) || rule.Take(request) is not { } plan)
                continue;

            (plans ??= []).Add(plan);
            taken |= !rule.IsAlongside;
        }

        return plans is null ? FaultPlan.None : FaultPlan.Combine(plans);
    }

    private FaultRule Add(FaultRule rule)
    {
        ImmutableInterlocked.Update(ref _rules, static (rules, added) => rules.Add(added), rule);
        return rule;
    }
}
