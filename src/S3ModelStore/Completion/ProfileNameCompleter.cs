using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Completion;

/// <summary>Completes <c>-ProfileName</c> from the shared configuration files.</summary>
internal sealed class ProfileNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionValue.Read(wordToComplete);
        return from name in ConnectionChoices.Profiles()
               where name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               select CompletionValue.Write(name, name, CompletionResultType.ParameterValue, Messages.CompletedProfile(name));
    }
}
