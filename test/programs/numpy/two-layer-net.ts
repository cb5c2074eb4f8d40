/** The two-layer net of CS231n's case study, on three spiral arms. */
// biome-ignore-all format: line by line as its Python twin
import * as np from "chalk-and-tape/np";

export function run() {
  const N = 20; // number of points per class
  const D = 2; // dimensionality
  const K = 3; // number of classes
  const X = np.zeros([N * K, D]); // data matrix (each row is a single example)
  const y = np.zeros(N * K, { dtype: "int32" }); // class labels
  for (let j = 0; j < K; j++) {
    const ix = np.arange(N * j, N * (j + 1));
    const r = np.linspace(0.0, 1, N); // radius
    const t = np.linspace(j * 4, (j + 1) * 4, N).add(np.sin(np.arange(N).mul(7)).mul(0.2)); // theta
    X.set(np.columnStack([r.mul(np.sin(t)), r.mul(np.cos(t))]), ix);
    y.set(j, ix);
  }

  // initialize parameters
  const h = 8; // size of hidden layer
  const W = np.sin(np.arange(D * h)).reshape(D, h).mul(0.5);
  const b = np.zeros([1, h]);
  const W2 = np.cos(np.arange(h * K)).reshape(h, K).mul(0.5);
  const b2 = np.zeros([1, K]);

  // some hyperparameters
  const stepSize = 1;
  const reg = 1e-3; // regularization strength

  // gradient descent loop
  const numExamples = X.shape[0];
  const losses = [];
  for (let i = 0; i < 300; i++) {
    // evaluate class scores
    const hiddenLayer = np.maximum(0, np.dot(X, W).add(b)); // ReLU activation
    const scores = np.dot(hiddenLayer, W2).add(b2);

    // compute the class probabilities
    const expScores = np.exp(scores);
    const probs = expScores.div(np.sum(expScores, 1, true));

    // compute the loss: average cross-entropy loss and regularization
    const correctLogprobs = np.log(probs.slice(np.arange(numExamples), y)).neg();
    const dataLoss = np.sum(correctLogprobs).div(numExamples);
    const regLoss = np.sum(W.mul(W)).mul(0.5 * reg).add(np.sum(W2.mul(W2)).mul(0.5 * reg));
    const loss = dataLoss.add(regLoss);
    losses.push(loss);

    // compute the gradient on scores
    let dscores = probs;
    dscores.set(dscores.slice(np.arange(numExamples), y).sub(1), np.arange(numExamples), y);
    dscores = dscores.div(numExamples);

    // backpropagate the gradient to the parameters
    const dW2 = np.dot(hiddenLayer.T, dscores);
    const db2 = np.sum(dscores, 0, true);
    const dhidden = np.dot(dscores, W2.T);
    dhidden.set(0, hiddenLayer.lessEqual(0));
    const dW = np.dot(X.T, dhidden);
    const db = np.sum(dhidden, 0, true);

    // add regularization gradient contribution
    dW2.addInPlace(W2, reg);
    dW.addInPlace(W, reg);

    // perform a parameter update
    W.addInPlace(dW, -stepSize);
    b.addInPlace(db, -stepSize);
    W2.addInPlace(dW2, -stepSize);
    b2.addInPlace(db2, -stepSize);
  }

  // evaluate training set accuracy
  const hiddenLayer = np.maximum(0, np.dot(X, W).add(b));
  const scores = np.dot(hiddenLayer, W2).add(b2);
  const predictedClass = np.argmax(scores, 1);
  const accuracy = np.mean(predictedClass.equal(y));
  return { losses, accuracy, predicted: predictedClass, W, b, W2, b2 };
}
