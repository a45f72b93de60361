using System.Collections.Concurrent;
using S3ModelStore.Engine;

namespace S3ModelStore.Completion;

/// <summary>Asks a store on behalf of a pressed key: for a second at most, and without a word when it fails.</summary>
internal static class StoreQuestion
{
    /// <summary>How long a person may wait for a key. Tests have more of it, or less.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <param name="parameters">How to reach the store.</param>
    /// <param name="ask">Adds answers as they come; those that came in time count.</param>
    public static IReadOnlyList<string> Ask(TypedParameters parameters, Func<ModelStore, Action<string>, CancellationToken, Task> ask)
    {
        var answers = new ConcurrentQueue<string>();
        var options = parameters.Connection();
        var stop = new CancellationTokenSource();
        var asking = Task.Run(() => AskAsync(options, store => ask(store, answers.Enqueue, stop.Token)), CancellationToken.None);
        // Left alone when the time is over: a provider of credentials may not look at the token.
        ((IAsyncResult)asking).AsyncWaitHandle.WaitOne(Patience);
        _ = stop.CancelAsync();
        return [.. answers];
    }

    private static async Task AskAsync(Engine.Source.S3ModelStoreOptions options, Func<ModelStore, Task> ask)
    {
        try
        {
            using var store = new ModelStore(options);
            await ask(store);
        }
        catch (Exception)
        {
            // No answer is an answer: the command itself will say what is wrong.
        }
    }
}
