using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Completion;

/// <summary>Completes <c>-Include</c> and <c>-Exclude</c> with a pattern for each extension that is found in the sources already typed.</summary>
internal sealed class PatternCompleter : IArgumentCompleter
{
    // Two pages: the extensions of a model show early.
    private const int Enough = 2000;

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionValue.Read(wordToComplete);
        var parameters = new TypedParameters(commandName, fakeBoundParameters);
        var sources = parameters.Sources.Select(text => S3ModelUri.TryParse(text, out var source) ? source : null).OfType<S3ModelUri>().ToList();
        if (sources.Count == 0)
            return [];

        var names = StoreQuestion.Ask(parameters, async (store, add, cancellation) =>
        {
            foreach (var source in sources)
            {
                var seen = 0;
                await foreach (var found in store.ListAsync(source, ModelFilter.All, cancellation))
                {
                    add(found.RelativePath);
                    if (++seen == Enough)
                        break;
                }
            }
        });
        return from name in names
               group name by Path.GetExtension(name) into kind
               where kind.Key.Length > 1
               let pattern = "*" + kind.Key
               where pattern.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               orderby pattern
               select CompletionValue.Write(pattern, pattern, CompletionResultType.ParameterValue, Messages.FoundSuchAs(kind.Count(), kind.First()));
    }
}
