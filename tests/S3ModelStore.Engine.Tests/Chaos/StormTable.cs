using System.Globalization;
using System.Text;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Outcomes by fault, as a table for people.</summary>
internal static class StormTable
{
    public static string Of(IEnumerable<StormOutcome> outcomes)
    {
        var table = new StringBuilder("| fault | runs | right bytes | right error | longest until given up, s (storm's clock) | most extra bytes | errors |\n|---|---|---|---|---|---|---|\n");
        foreach (var group in outcomes.GroupBy(outcome => outcome.Fault.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var failed = group.Where(outcome => outcome.Errors.Count > 0).ToList();
            var longest = failed.Select(outcome => outcome.Took.TotalSeconds).DefaultIfEmpty().Max();
            table.AppendLine(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {group.Count() - failed.Count} | {failed.Count} | {longest:0.0} | {group.Max(outcome => outcome.ExtraBytes)} | {string.Join(", ", failed.SelectMany(outcome => outcome.Errors).Distinct().Order())} |");
        }

        return table.ToString();
    }
}
