using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace S3ModelStore.Completion;

/// <summary>Completes <c>-Uri</c> as a path: buckets, then what is in them, level by level.</summary>
internal sealed class UriCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionValue.Read(wordToComplete);
        var found = StoreQuestion.Ask(new TypedParameters(commandName, fakeBoundParameters), async (store, add, cancellation) =>
        {
            foreach (var uri in await store.SuggestAsync(typed, cancellation))
                add(uri);
        });
        return found.Select(uri => CompletionValue.Write(
            uri,
            Name(uri),
            uri.EndsWith('/') ? CompletionResultType.ProviderContainer : CompletionResultType.ProviderItem,
            uri));
    }

    // The last segment, as a listing of paths would show it.
    private static string Name(string uri)
        => uri[(uri.AsSpan(0, uri.Length - 1).LastIndexOf('/') + 1)..] is { Length: > 0 } name ? name : uri;
}
