package parity.cosyvoice.tap;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parity.cosyvoice.onnx.Cuts;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * A graph and the sessions that run it: one for nobody to watch, and one more for each set of
 * modules whose outputs a watch wants or has. A session is made when it is first needed.
 */
public final class WatchedGraph implements AutoCloseable {
  private final Function<Cuts, Graph> builder;
  private final DType dtype;
  private final Set<String> outputs;
  private final Opener opener;
  private final List<String> taps;
  private final List<String> points;
  private final Map<Plan, Session> sessions = new HashMap<>();
  private boolean closed;

  /** Makes a model ready to run. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Makes it ready.
     *
     * @param watched whether any of its modules is watched
     */
    Session open(Graph.Model model, boolean watched);
  }

  private record Plan(Set<String> given, Set<String> wanted) {
    static final Plan UNWATCHED = new Plan(Set.of(), Set.of());

    boolean isWatched() {
      return !given.isEmpty() || !wanted.isEmpty();
    }
  }

  /**
   * Builds the graph once, to know its modules.
   *
   * @param builder of the graph with given cuts
   * @param dtype of its modules' outputs
   * @param outputs which taps are always computed
   */
  public WatchedGraph(
      Function<Cuts, Graph> builder, DType dtype, Set<String> outputs, Opener opener) {
    this.builder = builder;
    this.dtype = dtype;
    this.outputs = outputs;
    this.opener = opener;
    Graph graph = builder.apply(Cuts.NONE);
    this.taps = graph.taps();
    this.points = graph.points();
  }

  /** Makes the session ready that nobody watches. */
  public WatchedGraph ready() {
    session(Plan.UNWATCHED);
    return this;
  }

  /** Paths of all modules in the order in which they return: children before parents. */
  public List<String> taps() {
    return taps;
  }

  /** Whether a watch wants to see or to replace anything in this graph. */
  public boolean isWatched(Watch watch) {
    return plan(watch).isWatched();
  }

  private Plan plan(Watch watch) {
    if (watch.isNobody()) {
      return Plan.UNWATCHED;
    }
    Set<String> given = new LinkedHashSet<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (String point : points) {
      if (watch.holds(point)) {
        given.add(point);
      }
      if (watch.wants(point)) {
        wanted.add(point);
      }
    }
    return new Plan(given, wanted);
  }

  private synchronized Session session(Plan plan) {
    if (closed) {
      throw new IllegalStateException("the graph is closed");
    }
    return sessions.computeIfAbsent(
        plan,
        key -> {
          Graph graph = builder.apply(new Cuts(key.given()::contains, dtype));
          Set<String> named = new LinkedHashSet<>(key.wanted());
          named.addAll(outputs);
          return opener.open(graph.build(named), key.isWatched());
        });
  }

  /** As {@link #run(Map, Map, Watch, Arena)} for a graph that changes no state. */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Watch watch, Arena arena) {
    return run(inputs, Map.of(), watch, arena);
  }

  /**
   * Runs the graph, and hands the watch what it wants.
   *
   * @param inputs the graph's inputs by name; what is not the graph's is left aside
   * @param state outputs that are computed in place, as {@link Session#run} has it
   * @param arena where the results live
   * @return the outputs that are always computed; what the watch has of them is returned instead
   */
  public Map<String, Tensor> run(
      Map<String, Tensor> inputs, Map<String, Tensor> state, Watch watch, Arena arena) {
    Plan plan = plan(watch);
    Session session = session(plan);
    Map<String, Tensor> fed = new HashMap<>(inputs);
    fed.putAll(watch.given(plan.given()));
    fed.keySet().retainAll(Set.copyOf(session.inputs()));
    if (!plan.isWatched()) {
      return session.run(fed, outputs, state, arena);
    }
    Set<String> computed = new LinkedHashSet<>(plan.wanted());
    computed.addAll(outputs);
    // What was only to be seen need not outlive the run.
    try (Arena own = Arena.ofConfined()) {
      Map<String, Tensor> results = session.run(fed, computed, state, own);
      watch.offer(points, results);
      Map<String, Tensor> returned = new HashMap<>();
      for (String output : outputs) {
        Tensor result = watch.instead(output, requireNonNull(results.get(output)));
        returned.put(output, copy(result, arena));
      }
      return returned;
    }
  }

  private static Tensor copy(Tensor tensor, Arena arena) {
    Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), arena);
    copy.data().copyFrom(tensor.data());
    return copy;
  }

  @Override
  public synchronized void close() {
    closed = true;
    sessions.values().forEach(Session::close);
    sessions.clear();
  }
}
