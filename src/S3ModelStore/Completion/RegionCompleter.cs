using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Completion;

/// <summary>Completes <c>-Region</c> with AWS's regions. Other stores have names of their own, which are taken as well.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionValue.Read(wordToComplete);
        return from region in ConnectionChoices.Regions()
               where region.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               select CompletionValue.Write(region.Name, region.Name, CompletionResultType.ParameterValue, region.Title);
    }
}
